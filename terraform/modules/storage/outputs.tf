output "data" {
  description = "Name of the bucket of data."
  value       = google_storage_bucket.data.name
}

output "temp" {
  description = "Name of the bucket of temporary files."
  value       = google_storage_bucket.temp.name
}

output "console" {
  description = "The data in Google Cloud's console."
  value       = "https://console.cloud.google.com/storage/browser/${google_storage_bucket.data.name}?project=${var.project}"
}
