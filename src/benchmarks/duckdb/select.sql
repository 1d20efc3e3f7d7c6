-- Selects what `bisift select` selects, and writes the same training records, with DuckDB alone.
-- Variables: annotations (a folder of *.jsonl files without broken lines), output, alpha, ratio.

SET VARIABLE white_space = (
  SELECT string_agg(chr(code::INTEGER), '')
  FROM (
    SELECT unnest(range(9, 14) || range(28, 33) || [133, 160, 5760]
      || range(8192, 8203) || [8232, 8233, 8239, 8287, 12288]) AS code
  )
);

COPY (
  WITH rollouts AS (
    SELECT
      filename,
      row_number() OVER () AS place,
      image,
      coalesce(nullif(question_orig, ''), question) AS question,
      steps_with_score AS steps,
      list_filter([step.score FOR step IN steps_with_score], lambda score: score > 0) AS positive
    FROM read_json(
      getvariable('annotations') || '/*.jsonl',
      format = 'newline_delimited',
      filename = true,
      maximum_object_size = 67108864,
      columns = {
        image: 'JSON',
        question: 'VARCHAR',
        question_orig: 'VARCHAR',
        steps_with_score: 'STRUCT(step VARCHAR, score DOUBLE)[]'
      })
  ),
  parts AS (
    SELECT
      *,
      len(positive) / len(steps) AS p,
      coalesce(list_sum(positive) / len(positive), 1.0) AS reliability
    FROM rollouts
  ),
  ranked AS (
    SELECT
      *,
      row_number() OVER (
        PARTITION BY filename
        ORDER BY (p * (1 - p) + getvariable('alpha')) * reliability DESC, place
      ) AS rank,
      count(*) OVER (PARTITION BY filename) AS m
    FROM parts
  )
  SELECT
    image,
    [
      json_object('from', 'human', 'value',
        'Question: ' || trim(question, getvariable('white_space')) || chr(10) || 'Process: '
        || array_to_string(
          [trim(step.step, getvariable('white_space')) || '<prm>' FOR step IN steps],
          chr(10) || chr(10))),
      json_object('from', 'gpt', 'value', [(step.score > 0)::INTEGER::DOUBLE FOR step IN steps])
    ] AS conversations
  FROM ranked
  WHERE rank <= greatest(1, floor(m * getvariable('ratio')))
  ORDER BY filename, place
) TO (getvariable('output')) (FORMAT json);
