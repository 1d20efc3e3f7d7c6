/** What tests of several modules share: golden corpora, a run without Beam, faulty storage. */
@NullMarked
package io.bisift.formats.testkit;

import org.jspecify.annotations.NullMarked;
