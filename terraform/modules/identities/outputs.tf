output "dataflow" {
  description = "E-mail of the jobs' account."
  value       = google_service_account.dataflow.email
}

output "trainer" {
  description = "E-mail of the trainer's account."
  value       = google_service_account.trainer.email
}

output "builder" {
  description = "E-mail of the account that builds images."
  value       = google_service_account.builder.email
}

output "nodes" {
  description = "E-mail of the account of a cluster's nodes; null where there is no cluster."
  value       = var.kubernetes == null ? null : google_service_account.nodes[0].email
}
