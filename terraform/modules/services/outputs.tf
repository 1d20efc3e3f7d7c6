output "enabled" {
  description = "The services that are on; whatever needs them may depend on this."
  value       = [for service in google_project_service.this : service.service]
}
