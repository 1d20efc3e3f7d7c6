/** The options of the pipelines, each declared once, and what they mean together. */
@NullMarked
package io.bisift.pipelines.options;

import org.jspecify.annotations.NullMarked;
