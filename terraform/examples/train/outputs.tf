output "logs" {
  description = "Command that shows what the trainer says."
  value       = module.training.logs
}
