package io.bisift.beam.stream;

import io.bisift.formats.log.StreamParameters;
import java.io.Serializable;
import org.joda.time.Duration;

/**
 * What a stream writes, where and how often.
 *
 * @param folder of the growing set
 * @param tool name and version of what makes it
 * @param publishEvery how long new records wait for the next version
 */
public record StreamTarget(
    String folder, StreamParameters parameters, String tool, Duration publishEvery)
    implements Serializable {}
