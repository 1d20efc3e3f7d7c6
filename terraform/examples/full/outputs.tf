output "data" {
  description = "Bucket of annotations, sets and models."
  value       = module.storage.data
}

output "build" {
  description = "Commands that build the templates."
  value       = module.dataflow.build
}

output "launch" {
  description = "Commands that start jobs."
  value       = module.dataflow.launch
}

output "console" {
  description = "Where to look."
  value = {
    buckets = module.storage.console
    images  = module.registry.console
    jobs    = module.dataflow.console
    trainer = module.trainer.console
    metrics = module.monitoring.dashboard
    alerts  = module.monitoring.alerts
  }
}

output "trainer" {
  description = "Commands that build the trainer's image and train."
  value = {
    build      = module.trainer.build
    kubernetes = module.trainer.kubernetes
    light      = module.trainer.light
  }
}
