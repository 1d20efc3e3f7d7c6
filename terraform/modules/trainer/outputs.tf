output "image" {
  description = "Image of the trainer."
  value       = local.image
}

output "build" {
  description = "Commands that build the trainer's image and keep it; from the root of the repository, with Docker."
  value = [
    "runners/trainer/build context",
    "docker build -t ${local.image} -f runners/trainer/Dockerfile runners/trainer/target/image",
    "docker push ${local.image}",
  ]
}

output "kubernetes" {
  description = "Commands that train on the cluster; from the root of the repository."
  value = var.kubernetes == null ? [] : [
    "gcloud container clusters get-credentials ${google_container_cluster.this[0].name} --zone ${var.kubernetes.zone} --project ${var.project}",
    "sed -i 's#registry.example.com/bisift-trainer:0.1.0#${local.image}#; s/BUCKET/${var.data_bucket}/; s/bisift-trainer@PROJECT.iam.gserviceaccount.com/${var.service_account}/' runners/trainer/kubernetes/*.yaml",
    "kubectl apply -f runners/trainer/kubernetes/settings.yaml -f runners/trainer/kubernetes/storage.yaml",
    "kubectl apply -f runners/trainer/kubernetes/${var.kubernetes.machine_type == "a2-highgpu-1g" ? "train-1b" : "train-8b"}.yaml",
  ]
}

output "pool" {
  description = "The cluster's pool of identities; null where there is no cluster."
  value       = var.kubernetes == null ? null : google_container_cluster.this[0].workload_identity_config[0].workload_pool
}

output "light" {
  description = "Command that starts the light job; null where there is none."
  value       = var.cloud_run == null ? null : "gcloud run jobs execute ${google_cloud_run_v2_job.light[0].name} --region ${var.region} --project ${var.project} --wait"
}

output "console" {
  description = "The trainer in Google Cloud's console."
  value = merge(
    var.kubernetes == null ? {} : { kubernetes = "https://console.cloud.google.com/kubernetes/clusters/details/${var.kubernetes.zone}/${google_container_cluster.this[0].name}?project=${var.project}" },
    var.cloud_run == null ? {} : { cloud_run = "https://console.cloud.google.com/run/jobs?project=${var.project}" },
  )
}
