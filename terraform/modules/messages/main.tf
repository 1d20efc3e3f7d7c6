# Pub/Sub's own account, which is not there before somebody asks for it.
resource "google_project_service_identity" "pubsub" {
  provider = google-beta

  project = var.project
  service = "pubsub.googleapis.com"
}

data "google_storage_project_service_account" "this" {
  project = var.project
}

locals {
  growing = length(var.growing_sets) > 0
}

# rollouts: one JSON record a message, from annotators to a stream (bisift stream --pubsub). dead: what was sent a hundred times and never
# acknowledged. versions: the bucket tells of each new version of a growing set, so that who waits for one need not ask.
resource "google_pubsub_topic" "this" {
  for_each = toset(concat(["rollouts", "dead"], local.growing ? ["versions"] : []))

  project = var.project
  name    = "${var.name}-${each.key}"
  labels  = var.labels

  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }
}

# What is not acknowledged comes again.
resource "google_pubsub_subscription" "rollouts" {
  project = var.project
  name    = "${var.name}-rollouts"
  topic   = google_pubsub_topic.this["rollouts"].id
  labels  = var.labels

  ack_deadline_seconds       = 600
  message_retention_duration = "${var.retention_days * 86400}s"

  # it stays, however long nobody reads it
  expiration_policy {
    ttl = ""
  }

  retry_policy {
    minimum_backoff = "10s"
    maximum_backoff = "600s"
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.this["dead"].id
    max_delivery_attempts = 100
  }

  depends_on = [google_pubsub_topic_iam_member.dead]
}

resource "google_pubsub_subscription" "dead" {
  project = var.project
  name    = "${var.name}-dead"
  topic   = google_pubsub_topic.this["dead"].id
  labels  = var.labels

  message_retention_duration = "${31 * 86400}s"

  expiration_policy {
    ttl = ""
  }
}

# Pub/Sub itself moves them there.
resource "google_pubsub_topic_iam_member" "dead" {
  project = var.project
  topic   = google_pubsub_topic.this["dead"].name
  role    = "roles/pubsub.publisher"
  member  = google_project_service_identity.pubsub.member
}

resource "google_pubsub_subscription_iam_member" "dead" {
  project      = var.project
  subscription = google_pubsub_subscription.rollouts.name
  role         = "roles/pubsub.subscriber"
  member       = google_project_service_identity.pubsub.member
}

resource "google_pubsub_subscription_iam_member" "stream" {
  for_each = toset(["roles/pubsub.subscriber", "roles/pubsub.viewer"])

  project      = var.project
  subscription = google_pubsub_subscription.rollouts.name
  role         = each.value
  member       = "serviceAccount:${var.service_account}"
}

resource "google_pubsub_topic_iam_member" "annotators" {
  for_each = toset(var.annotators)

  project = var.project
  topic   = google_pubsub_topic.this["rollouts"].name
  role    = "roles/pubsub.publisher"
  member  = each.value
}

resource "google_pubsub_subscription" "versions" {
  count = local.growing ? 1 : 0

  project = var.project
  name    = "${var.name}-versions"
  topic   = google_pubsub_topic.this["versions"].id
  labels  = var.labels

  # the newest version has all that those before it had
  message_retention_duration = "86400s"

  expiration_policy {
    ttl = ""
  }
}

resource "google_pubsub_subscription_iam_member" "versions" {
  for_each = toset(local.growing ? var.launchers : [])

  project      = var.project
  subscription = google_pubsub_subscription.versions[0].name
  role         = "roles/pubsub.subscriber"
  member       = each.value
}

resource "google_pubsub_topic_iam_member" "bucket" {
  count = local.growing ? 1 : 0

  project = var.project
  topic   = google_pubsub_topic.this["versions"].name
  role    = "roles/pubsub.publisher"
  member  = data.google_storage_project_service_account.this.member
}

resource "google_storage_notification" "versions" {
  for_each = toset(var.growing_sets)

  bucket             = var.data_bucket
  topic              = google_pubsub_topic.this["versions"].id
  payload_format     = "JSON_API_V1"
  event_types        = ["OBJECT_FINALIZE"]
  object_name_prefix = "${trim(each.value, "/")}/manifests/"

  depends_on = [google_pubsub_topic_iam_member.bucket]
}
