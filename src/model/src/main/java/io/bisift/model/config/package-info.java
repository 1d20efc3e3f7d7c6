/** What a checkpoint's config.json says of the model. */
@NullMarked
package io.bisift.model.config;

import org.jspecify.annotations.NullMarked;
