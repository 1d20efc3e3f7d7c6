package io.bisift.beam.pubsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bisift.core.UserException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTest {
  private static final String PATH = "projects/my-project/subscriptions/a+b%c.d-e_f~g";

  @Test
  void isAskedForAtGoogleUnlessToldOtherwise() {
    Subscription google = Subscription.of(PATH, null);
    assertEquals("https://pubsub.googleapis.com", google.url());
    assertTrue(google.isPrivate());
    Subscription emulator = Subscription.of(PATH, "http://localhost:8085/");
    assertEquals("http://localhost:8085", emulator.url());
    assertFalse(emulator.isPrivate());
  }

  @Test
  void namesItsLogShardSoThatFilesCanBeCalledLikeIt() {
    assertEquals("a+b%c.d-e_f~g", Subscription.of(PATH, null).name());
    assertEquals("pubsub~a_b_c.d-e_f~g-0", Subscription.of(PATH, null).shard().id());
    assertTrue(Subscription.of(PATH, null).shard().isOfArrivals());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rollouts",
        "projects/p/topics/t",
        "projects/p/subscriptions/",
        "projects/p/subscriptions/7",
        "projects//subscriptions/s",
        "projects/p/subscriptions/s/t",
        "projects/p/subscriptions/s:pull"
      })
  void refusesWhatIsNoPath(String path) {
    UserException refusal =
        assertThrows(UserException.class, () -> Subscription.of(path, /* url= */ null));
    assertEquals(
        "--pubsub must be like projects/my-project/subscriptions/my-subscription, was " + path,
        refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8085",
        "http://",
        "ftp://localhost",
        "http://localhost:8085/v1",
        "http://localhost:8085?x",
        "http://local host"
      })
  void refusesWhatIsNoAddress(String url) {
    UserException refusal = assertThrows(UserException.class, () -> Subscription.of(PATH, url));
    assertEquals(
        "--pubsub-url must be like http://localhost:8085, was " + url, refusal.getMessage());
  }

  @Test
  void leasesForSomeCommitsAsLongAsPubsubAllows() {
    assertEquals(30, Leases.seconds(Duration.ofMillis(200)));
    assertEquals(60, Leases.seconds(Duration.ofSeconds(20)));
    assertEquals(600, Leases.seconds(Duration.ofHours(1)));
  }
}
