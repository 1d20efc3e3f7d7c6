/** What Bisift asks a Flink cluster over its REST interface. */
@NullMarked
package io.bisift.runners.flink.rest;

import org.jspecify.annotations.NullMarked;
