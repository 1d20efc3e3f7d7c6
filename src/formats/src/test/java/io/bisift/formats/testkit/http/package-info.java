/** A server in this process that fails as it is told, for fakes of services. */
package io.bisift.formats.testkit.http;
