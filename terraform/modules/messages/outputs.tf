output "topic" {
  description = "Where annotators publish rollouts."
  value       = google_pubsub_topic.this["rollouts"].id
}

output "subscription" {
  description = "Where published rollouts wait for a stream: its option pubsub."
  value       = google_pubsub_subscription.rollouts.id
}

output "subscriptions" {
  description = "Names of the subscriptions that nothing must stay in for long."
  value       = { rollouts = google_pubsub_subscription.rollouts.name, dead = google_pubsub_subscription.dead.name }
}

output "publish" {
  description = "Command that publishes one rollout; the attribute names its source."
  value       = "gcloud pubsub topics publish ${google_pubsub_topic.this["rollouts"].name} --project ${var.project} --attribute source=charts.jsonl --message \"$(head -n 1 charts.jsonl)\""
}

output "versions" {
  description = "Command that shows the newest versions of the growing sets; null where nobody asked for it."
  value       = length(var.growing_sets) == 0 ? null : "gcloud pubsub subscriptions pull ${google_pubsub_subscription.versions[0].name} --project ${var.project} --auto-ack --limit 10 --format \"value(message.attributes.objectId)\""
}

output "console" {
  description = "The subscriptions in Google Cloud's console."
  value       = "https://console.cloud.google.com/cloudpubsub/subscription/list?project=${var.project}"
}
