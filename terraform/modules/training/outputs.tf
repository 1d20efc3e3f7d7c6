output "job" {
  description = "Name of the job."
  value       = local.job
}

output "logs" {
  description = "Command that shows what the trainer says."
  value       = "kubectl logs -f job/${local.job} --namespace ${var.namespace}"
}
