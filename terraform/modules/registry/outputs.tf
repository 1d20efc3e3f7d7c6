output "name" {
  description = "Name of the repository, within project and region."
  value       = google_artifact_registry_repository.this.repository_id
}

output "url" {
  description = "What the images' names begin with."
  value       = "${var.region}-docker.pkg.dev/${var.project}/${google_artifact_registry_repository.this.repository_id}"
}

output "console" {
  description = "The images in Google Cloud's console."
  value       = "https://console.cloud.google.com/artifacts/docker/${var.project}/${var.region}/${google_artifact_registry_repository.this.repository_id}?project=${var.project}"
}
