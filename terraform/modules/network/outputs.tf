output "network" {
  description = "The network's id."
  value       = google_compute_network.this.id
}

output "subnetwork" {
  description = "The subnetwork's id."
  value       = google_compute_subnetwork.this.id
}

output "subnetwork_path" {
  description = "The subnetwork as Dataflow takes it."
  value       = "regions/${var.region}/subnetworks/${google_compute_subnetwork.this.name}"
}

output "ranges" {
  description = "Names of the ranges of a cluster's pods and services."
  value       = { pods = "pods", services = "services" }
}
