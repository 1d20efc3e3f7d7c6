package io.bisift.formats.testkit.gcs;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/** An object as it is stored. */
final class FakeObject {
  private final String bucket;
  private final String name;
  private final byte[] bytes;
  private final long generation;
  private final String contentType;
  private final Map<String, String> metadata;

  FakeObject(
      String bucket,
      String name,
      byte[] bytes,
      long generation,
      String contentType,
      Map<String, String> metadata) {
    this.bucket = bucket;
    this.name = name;
    this.bytes = bytes;
    this.generation = generation;
    this.contentType = contentType;
    this.metadata = metadata;
  }

  String bucket() {
    return bucket;
  }

  String name() {
    return name;
  }

  byte[] bytes() {
    return bytes;
  }

  long generation() {
    return generation;
  }

  String contentType() {
    return contentType;
  }

  Map<String, String> metadata() {
    return metadata;
  }

  String crc32c() {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  String md5() {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The resource that the API shows. */
  Map<String, Object> resource() {
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("kind", "storage#object");
    resource.put("id", bucket + "/" + name + "/" + generation);
    resource.put("name", name);
    resource.put("bucket", bucket);
    resource.put("generation", Long.toString(generation));
    resource.put("metageneration", "1");
    resource.put("contentType", contentType);
    resource.put("storageClass", "STANDARD");
    resource.put("size", Long.toString(bytes.length));
    resource.put("md5Hash", md5());
    resource.put("crc32c", crc32c());
    resource.put("etag", "etag" + generation);
    resource.put("timeCreated", "2026-01-01T00:00:00.000Z");
    resource.put("updated", "2026-01-01T00:00:00.000Z");
    if (!metadata.isEmpty()) {
      resource.put("metadata", metadata);
    }
    return resource;
  }

  /** The headers that come with its bytes. */
  Map<String, String> headers() {
    return Map.of(
        "Content-Type",
        contentType,
        "ETag",
        "etag" + generation,
        "X-Goog-Generation",
        Long.toString(generation),
        "X-Goog-Metageneration",
        "1",
        "X-Goog-Hash",
        "crc32c=" + crc32c() + ",md5=" + md5(),
        "X-Goog-Stored-Content-Encoding",
        "identity",
        "X-Goog-Stored-Content-Length",
        Integer.toString(bytes.length));
  }
}
