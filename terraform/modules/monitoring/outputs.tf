output "dashboard" {
  description = "The dashboard in Google Cloud's console."
  value       = "https://console.cloud.google.com/monitoring/dashboards/builder/${reverse(split("/", google_monitoring_dashboard.this.id))[0]}?project=${var.project}"
}

output "alerts" {
  description = "The alerts in Google Cloud's console."
  value       = "https://console.cloud.google.com/monitoring/alerting/policies?project=${var.project}"
}
