package io.bisift.model.kernel;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript text into the archive that libtorch loads: a zip, stored and not deflated, of
 * the code, a version, an empty list of constants, and a pickle that says "one object of this
 * class".
 */
final class ScriptArchive {
  private static final String ROOT = "layers/";
  private static final String FORMAT = "3"; // of the archive; libtorch reads all up to its own

  private static final byte PROTOCOL = (byte) 0x80;

  private ScriptArchive() {}

  /**
   * @param resource beside this class: one module class, without parameters
   * @param className of that class
   * @param attributes of the object: integers, doubles, booleans
   */
  static byte[] pack(String resource, String className, Map<String, Object> attributes) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes);
        InputStream script = ScriptArchive.class.getResourceAsStream(resource)) {
      if (script == null) {
        throw new IllegalStateException("the jar lacks " + resource);
      }
      put(zip, "data.pkl", object(className, attributes));
      put(zip, "code/__torch__.py", script.readAllBytes());
      put(zip, "constants.pkl", new byte[] {PROTOCOL, 2, ')', '.'});
      put(zip, "version", FORMAT.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** {@code CLASS.__new__(CLASS)} with a state, in Python's pickle protocol 2. */
  private static byte[] object(String className, Map<String, Object> attributes)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream pickle = new DataOutputStream(bytes); // big-endian
    pickle.write(new byte[] {PROTOCOL, 2});
    pickle.writeBytes("c__torch__\n" + className + "\n)"); // GLOBAL EMPTY_TUPLE
    pickle.writeByte(0x81); // NEWOBJ
    pickle.writeByte('}'); // EMPTY_DICT
    for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
      pickle.writeByte('X'); // BINUNICODE
      pickle.writeInt(Integer.reverseBytes(attribute.getKey().length()));
      pickle.writeBytes(attribute.getKey());
      Object value = attribute.getValue();
      if (value instanceof Boolean flag) {
        pickle.writeByte(flag ? 0x88 : 0x89); // NEWTRUE NEWFALSE
      } else if (value instanceof Integer number) {
        pickle.writeByte('J'); // BININT
        pickle.writeInt(Integer.reverseBytes(number));
      } else {
        pickle.writeByte('G'); // BINFLOAT
        pickle.writeDouble((Double) value);
      }
      pickle.writeByte('s'); // SETITEM
    }
    pickle.writeBytes("b."); // BUILD STOP
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(ROOT + name);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
