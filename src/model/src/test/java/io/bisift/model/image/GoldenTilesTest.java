package io.bisift.model.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bisift.model.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Grids, tiles and mosaics of the reference, to the bit. */
class GoldenTilesTest {
  private static final Path IMAGES = Golden.path("images");
  private static final int MIN = 1;
  private static final int MAX = 6;

  private static JsonNode json(String name) throws IOException {
    return new JsonMapper().readTree(IMAGES.resolve(name).toFile());
  }

  private static RgbImage decode(String name) throws Exception {
    return ImageDecoder.decode(Files.readAllBytes(IMAGES.resolve(name)));
  }

  private static List<String> sums(JsonNode list) {
    List<String> sums = new ArrayList<>();
    list.forEach(sum -> sums.add(sum.asText()));
    return sums;
  }

  private static List<String> cut(RgbImage picture, int size) {
    return new Tiling(size, MIN, MAX, true).cut(picture).stream().map(Sha256::of).toList();
  }

  @Test
  void decodesAndCutsEveryPicture() throws Exception {
    int tiles = 0;
    for (JsonNode golden : json("preprocess.json").path("images")) {
      String name = golden.path("file").asText();
      RgbImage picture = decode(name);
      assertEquals(golden.path("width").asInt(), picture.width(), name);
      assertEquals(golden.path("height").asInt(), picture.height(), name);
      assertEquals(golden.path("decoded_rgb_sha256").asText(), Sha256.of(picture.rgb()), name);
      for (int size : new int[] {56, 448}) {
        JsonNode expected = golden.path("sizes").path(Integer.toString(size));
        assertEquals(sums(expected.path("tile_rgb_sha256")), cut(picture, size), name + "@" + size);
        tiles += expected.path("tiles").asInt();
      }
    }
    assertEquals(54, tiles);
  }

  @Test
  void decodesTheJpegAsLibjpegTurboDid() throws Exception {
    assertArrayEquals(decode("f_photo.decoded.png").rgb(), decode("f_photo.jpg").rgb());
  }

  @Test
  void laysSeveralPicturesOut() throws Exception {
    for (JsonNode golden : json("preprocess.json").path("tiling")) {
      List<RgbImage> pictures = new ArrayList<>();
      for (JsonNode name : golden.path("inputs")) {
        pictures.add(decode(name.asText()));
      }
      RgbImage canvas = Mosaic.of(pictures);
      assertEquals(golden.path("canvas_width").asInt(), canvas.width());
      assertEquals(golden.path("canvas_height").asInt(), canvas.height());
      assertEquals(golden.path("canvas_rgb_sha256").asText(), Sha256.of(canvas.rgb()));
      TileGrid grid = TileGrid.choose(canvas.width(), canvas.height(), 448, MIN, MAX);
      assertEquals(golden.path("grid_at_448").path(0).asInt(), grid.columns());
      assertEquals(golden.path("grid_at_448").path(1).asInt(), grid.rows());
      assertEquals(sums(golden.path("tile_rgb_sha256_at_56")), cut(canvas, 56));
    }
  }

  @Test
  void choosesEveryGridOfTheTable() throws IOException {
    JsonNode rows = json("grid_table.json").path("rows");
    for (JsonNode row : rows) {
      int width = row.path(0).asInt();
      int height = row.path(1).asInt();
      Tiling tiling =
          new Tiling(row.path(2).asInt(), row.path(3).asInt(), row.path(4).asInt(), true);
      TileGrid grid =
          TileGrid.choose(width, height, tiling.size(), tiling.minTiles(), tiling.maxTiles());
      assertEquals(new TileGrid(row.path(5).asInt(), row.path(6).asInt()), grid, row.toString());
      assertEquals(row.path(7).asInt(), tiling.count(width, height), row.toString());
    }
    assertEquals(true, rows.size() > 100);
  }
}
