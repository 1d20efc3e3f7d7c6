# Buckets, images, identities and a network of private workers: all that select, convert, evaluate and rerank on Dataflow need.
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
    "cloudbuild.googleapis.com",
    "cloudresourcemanager.googleapis.com",
    "compute.googleapis.com",
    "dataflow.googleapis.com",
    "iam.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
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
}
