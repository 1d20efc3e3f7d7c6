/** How fast the parts are, measured with JMH. */
@NullMarked
package io.bisift.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
