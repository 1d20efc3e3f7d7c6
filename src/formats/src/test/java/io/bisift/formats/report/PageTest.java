package io.bisift.formats.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final String HOSTILE = "<script>alert('x')</script> & \"y\"";

  /** Everything that a page can hold, hostile throughout. */
  private static String page() {
    return new Page(HOSTILE, HOSTILE)
        .heading(HOSTILE)
        .paragraph(HOSTILE)
        .figures(List.<String[]>of(new String[] {HOSTILE, HOSTILE}))
        .table(List.of(HOSTILE, "b"), List.of(List.of(HOSTILE, "1"), List.of("c", HOSTILE)))
        .plots(List.of(new Plot(HOSTILE, Axis.unit(HOSTILE), Axis.unit(HOSTILE))))
        .startCards()
        .card(
            HOSTILE,
            List.of("data:image/jpeg;base64,AAAA\" onerror=\"alert(1)"),
            List.of(
                new Page.Passage(HOSTILE, HOSTILE, /* marked= */ true),
                new Page.Passage("a", "b", /* marked= */ false)))
        .endCards()
        .finish();
  }

  @Test
  void textStaysText() {
    String page = page();
    assertFalse(page.contains("<script"), page);
    assertFalse(page.contains("\" onerror"), page);
    Matcher hostile = Pattern.compile(Pattern.quote(Page.escape(HOSTILE))).matcher(page);
    assertEquals(17, hostile.results().count());
    assertEquals("&lt;a b=&#39;c&#39; d=&quot;&amp;&quot;&gt;", Page.escape("<a b='c' d=\"&\">"));
  }

  @Test
  void tagsAreClosed() {
    String page =
        page().replaceAll("(?s)<style>.*</style>", "").replaceFirst("<!DOCTYPE html>", "");
    Matcher tags = Pattern.compile("<(/?)([a-z0-9]+)[^>]*?(/?)>").matcher(page);
    Deque<String> open = new ArrayDeque<>();
    while (tags.find()) {
      if (List.of("meta", "img").contains(tags.group(2)) || !tags.group(3).isEmpty()) {
        continue;
      }
      if (tags.group(1).isEmpty()) {
        open.push(tags.group(2));
      } else {
        assertEquals(open.pop(), tags.group(2), page);
      }
    }
    assertTrue(open.isEmpty(), open.toString());
  }

  @Test
  void onlyWhatTheCardIsAboutIsMarked() {
    assertTrue(page().contains("<p class=\"marked\"><em>" + Page.escape(HOSTILE)));
    assertTrue(page().contains("<p><em>a</em> b</p>"));
  }

  /** A terminal's control characters are no valid HTML. */
  @Test
  void controlCharactersAreReplaced() {
    assertEquals("a\uFFFDb\n\tc\uFFFD", Page.escape("a\u0000b\n\tc\u001b"));
    assertEquals("é😀", Page.escape("é😀"));
  }
}
