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
    buckets  = module.storage.console
    images   = module.registry.console
    jobs     = module.dataflow.console
    trainer  = module.trainer.console
    metrics  = module.monitoring.dashboard
    alerts   = module.monitoring.alerts
    messages = var.messages == null ? null : module.messages[0].console
  }
}

output "messages" {
  description = "Where rollouts are published and wait, and commands for publishing and for the versions of growing sets; null where there is none."
  value = var.messages == null ? null : {
    topic        = module.messages[0].topic
    subscription = module.messages[0].subscription
    publish      = module.messages[0].publish
    versions     = module.messages[0].versions
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
