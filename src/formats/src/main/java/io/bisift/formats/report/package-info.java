/**
 * Reports as one HTML file each, with nothing fetched from elsewhere: text, tables, plots in SVG,
 * thumbnails; in light and dark.
 */
@NullMarked
package io.bisift.formats.report;

import org.jspecify.annotations.NullMarked;
