locals {
  where = "--project ${var.project} --region ${var.region}"
  jobs  = "--temp gs://${var.temp_bucket}/temp --staging gs://${var.temp_bucket}/staging --service-account ${var.service_account} --subnetwork ${var.subnetwork}"
  first = {
    select   = "--annotations=gs://${var.data_bucket}/raw/annotations --output=gs://${var.data_bucket}/sets/bis-10 --top-ratio=0.1 --alpha=0.2"
    convert  = "--annotations=gs://${var.data_bucket}/raw/annotations --output=gs://${var.data_bucket}/sets/all"
    stream   = "--annotations=gs://${var.data_bucket}/incoming --output=gs://${var.data_bucket}/sets/growing"
    evaluate = "--annotations=gs://${var.data_bucket}/benchmark/test.jsonl --image-root=gs://${var.data_bucket}/benchmark/images --checkpoint=gs://${var.data_bucket}/models/bis-10 --precision=bfloat16 --output=gs://${var.data_bucket}/evaluations/bis-10"
    rerank   = "--candidates=gs://${var.data_bucket}/candidates --output=gs://${var.data_bucket}/evaluations/rerank"
  }
  workers = {
    select   = "--machine-type n2-standard-4 --max-workers 10"
    convert  = "--machine-type n2-standard-4 --max-workers 10"
    stream   = "--machine-type n2-standard-2 --max-workers 4"
    evaluate = "--machine-type g2-standard-8 --max-workers 4 --gpu nvidia-l4 --worker-image ${local.worker}"
    rerank   = "--machine-type n2-standard-4 --max-workers 4"
  }
}

output "build" {
  description = "Commands that build the templates, by template; from the root of the repository."
  value = {
    for name in local.templates :
    name => "runners/dataflow/flex build ${name} --image ${local.images[name]} --template ${local.files[name]} ${local.where} --builder ${var.builder} --staging gs://${var.temp_bucket}/builds"
  }
}

output "launch" {
  description = "Commands that start a job, by template; from the root of the repository."
  value = {
    for name in local.templates :
    name => "runners/dataflow/flex launch ${name} --template ${local.files[name]} ${local.where} ${local.jobs} ${local.workers[name]} -- ${local.first[name]}"
  }

  precondition {
    condition     = length(local.wrong) == 0
    error_message = "runners/dataflow/templates says what the parameters are. ${join("; ", local.wrong)}."
  }
}

output "worker_image" {
  description = "Image of the workers that have GPUs."
  value       = local.worker
}

output "console" {
  description = "The jobs in Google Cloud's console."
  value       = "https://console.cloud.google.com/dataflow/jobs?project=${var.project}"
}
