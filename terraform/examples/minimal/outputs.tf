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
  }
}
