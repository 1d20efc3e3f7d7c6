# All of it: what the minimal example has, and jobs that the apply starts, streams that it keeps running, a GPU to train on, a
# dashboard, alerts and a budget.
terraform {
  required_version = ">= 1.5"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 6.0, < 8.0"
    }
    google-beta = {
      source  = "hashicorp/google-beta"
      version = ">= 6.0, < 8.0"
    }
  }
}

provider "google" {
  project = var.project
  region  = var.region

  # budgets are the billing account's: their API wants to know which project asks
  user_project_override = true
  billing_project       = var.project
}

provider "google-beta" {
  project = var.project
  region  = var.region
}

locals {
  labels = { app = "bisift" }
}

module "services" {
  source = "../../modules/services"

  project = var.project
  services = [
    "artifactregistry.googleapis.com",
    "billingbudgets.googleapis.com",
    "cloudbuild.googleapis.com",
    "cloudresourcemanager.googleapis.com",
    "compute.googleapis.com",
    "container.googleapis.com",
    "dataflow.googleapis.com",
    "iam.googleapis.com",
    "iamcredentials.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "pubsub.googleapis.com",
    "run.googleapis.com",
    "storage.googleapis.com",
  ]
}

module "storage" {
  source     = "../../modules/storage"
  depends_on = [module.services]

  project  = var.project
  prefix   = var.project
  location = var.region
  labels   = local.labels

  rejected_sets = var.rejected_sets
}

module "registry" {
  source     = "../../modules/registry"
  depends_on = [module.services]

  project = var.project
  region  = var.region
  labels  = local.labels
}

module "identities" {
  source     = "../../modules/identities"
  depends_on = [module.services]

  project     = var.project
  region      = var.region
  data_bucket = module.storage.data
  temp_bucket = module.storage.temp
  repository  = module.registry.name
  launchers   = var.launchers
  kubernetes  = var.kubernetes == null ? null : {}
  pool        = module.trainer.pool
}

module "network" {
  source     = "../../modules/network"
  depends_on = [module.services]

  project = var.project
  region  = var.region
}

module "dataflow" {
  source     = "../../modules/dataflow"
  depends_on = [module.services]

  project         = var.project
  region          = var.region
  data_bucket     = module.storage.data
  temp_bucket     = module.storage.temp
  registry        = module.registry.url
  service_account = module.identities.dataflow
  builder         = module.identities.builder
  subnetwork      = module.network.subnetwork_path
  labels          = local.labels
  release         = var.release
  run_jobs        = var.run_jobs
  jobs            = var.jobs
  streams         = var.streams
}

module "messages" {
  source     = "../../modules/messages"
  depends_on = [module.services]
  count      = var.messages == null ? 0 : 1

  project         = var.project
  region          = var.region
  labels          = local.labels
  data_bucket     = module.storage.data
  service_account = module.identities.dataflow
  annotators      = var.messages.annotators
  launchers       = var.launchers
  retention_days  = var.messages.retention_days
  growing_sets    = var.messages.growing_sets
}

module "trainer" {
  source     = "../../modules/trainer"
  depends_on = [module.services]

  project         = var.project
  region          = var.region
  network         = module.network.network
  subnetwork      = module.network.subnetwork
  ranges          = module.network.ranges
  registry        = module.registry.url
  release         = var.release
  service_account = module.identities.trainer
  nodes_account   = module.identities.nodes
  data_bucket     = module.storage.data
  kubernetes      = var.kubernetes
  cloud_run       = var.cloud_run
  launchers       = var.launchers
  labels          = local.labels
}

module "monitoring" {
  source     = "../../modules/monitoring"
  depends_on = [module.services]

  project        = var.project
  mails          = var.mails
  rejected_share = var.rejected_share
  subscriptions  = var.messages == null ? null : module.messages[0].subscriptions
  budget         = var.budget
}
