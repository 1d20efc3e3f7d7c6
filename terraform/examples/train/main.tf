# A training job on the cluster of the full example. It stands by itself because the cluster must be there before its jobs can be
# planned: apply the full example first, and run the outputs' get-credentials.
terraform {
  required_version = ">= 1.5"

  required_providers {
    kubernetes = {
      source  = "hashicorp/kubernetes"
      version = ">= 2.30, < 4.0"
    }
  }
}

provider "kubernetes" {
  config_path    = var.kubeconfig
  config_context = "gke_${var.project}_${var.zone}_bisift"
}

module "training" {
  source = "../../modules/training"

  size            = var.size
  image           = "${var.region}-docker.pkg.dev/${var.project}/bisift/trainer:${var.release}"
  service_account = "bisift-trainer@${var.project}.iam.gserviceaccount.com"
  data_bucket     = "${var.project}-data"
}
