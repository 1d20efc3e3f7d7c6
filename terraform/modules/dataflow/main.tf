locals {
  templates = toset(["select", "convert", "stream", "evaluate", "rerank"])
  files     = { for name in local.templates : name => "gs://${var.data_bucket}/templates/${name}-${var.release}.json" }
  images    = { for name in local.templates : name => "${var.registry}/${name}:${var.release}" }
  worker    = "${var.registry}/worker:${var.release}"
}

# A batch job is over when it is over, and Terraform would start it again: it is launched by hand (the outputs say how),
# or, where run_jobs says so, by the apply that first sees it.
resource "google_dataflow_flex_template_job" "batch" {
  provider = google-beta
  for_each = var.run_jobs ? var.jobs : {}

  project                 = var.project
  region                  = var.region
  name                    = "bisift-${each.key}"
  container_spec_gcs_path = local.files[each.value.template]
  parameters              = each.value.parameters

  service_account_email = var.service_account
  temp_location         = "gs://${var.temp_bucket}/temp"
  staging_location      = "gs://${var.temp_bucket}/staging"
  subnetwork            = var.subnetwork
  ip_configuration      = "WORKER_IP_PRIVATE"

  machine_type          = each.value.machine_type
  max_workers           = each.value.max_workers
  autoscaling_algorithm = "THROUGHPUT_BASED"

  sdk_container_image = each.value.gpu == null ? null : local.worker
  additional_experiments = each.value.gpu == null ? [] : [
    "use_runner_v2",
    "worker_accelerator=type:${each.value.gpu};count:1;install-nvidia-driver",
  ]

  labels                       = var.labels
  on_delete                    = "cancel"
  skip_wait_on_job_termination = true
}

# A stream runs until it is told to stop, and is drained then: what it has read is published. The same stream, started again, goes
# on where it ended.
resource "google_dataflow_flex_template_job" "stream" {
  provider = google-beta
  for_each = var.streams

  project                 = var.project
  region                  = var.region
  name                    = "bisift-stream-${each.key}"
  container_spec_gcs_path = local.files.stream
  parameters              = each.value.parameters

  service_account_email = var.service_account
  temp_location         = "gs://${var.temp_bucket}/temp"
  staging_location      = "gs://${var.temp_bucket}/staging"
  subnetwork            = var.subnetwork
  ip_configuration      = "WORKER_IP_PRIVATE"

  machine_type            = each.value.machine_type
  max_workers             = each.value.max_workers
  autoscaling_algorithm   = "THROUGHPUT_BASED"
  enable_streaming_engine = true
  # a commit takes each record once, however often it comes
  additional_experiments = ["streaming_mode_at_least_once"]

  labels    = var.labels
  on_delete = "drain"
}
