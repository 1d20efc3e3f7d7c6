// Runs an SQL script: node run.mjs SCRIPT NAME=VALUE…, each NAME a variable of the script.
import { readFile } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';

const [script, ...variables] = process.argv.slice(2);
const database = await DuckDBInstance.create(':memory:');
const connection = await database.connect();
for (const variable of variables) {
  const [name, ...rest] = variable.split('=');
  const value = rest.join('=');
  const isNumber = /^[0-9.eE+-]+$/.test(value);
  const literal = isNumber ? `${value}::DOUBLE` : `'${value.replaceAll("'", "''")}'`;
  await connection.run(`SET VARIABLE ${name} = ${literal}`);
}
await connection.run(await readFile(script, 'utf8'));
