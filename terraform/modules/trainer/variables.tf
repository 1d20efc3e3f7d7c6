variable "project" {
  description = "Google Cloud project."
  type        = string
}

variable "region" {
  description = "Region of the light job."
  type        = string
}

variable "name" {
  description = "Name of the cluster, and what that of the light job begins with."
  type        = string
  default     = "bisift"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,30}$", var.name))
    error_message = "Small letters, digits and hyphens."
  }
}

variable "labels" {
  description = "Labels of cluster and job."
  type        = map(string)
  default     = {}
}

variable "network" {
  description = "Id of the network."
  type        = string
}

variable "subnetwork" {
  description = "Id of the subnetwork."
  type        = string
}

variable "ranges" {
  description = "Names of the subnetwork's ranges for pods and services."
  type        = object({ pods = string, services = string })
}

variable "registry" {
  description = "What the images' names begin with."
  type        = string
}

variable "release" {
  description = "Version of the trainer's image."
  type        = string
  default     = "0.1.0"
}

variable "service_account" {
  description = "E-mail of the trainer's account."
  type        = string
}

variable "nodes_account" {
  description = "E-mail of the account of the cluster's nodes; null where there is no cluster."
  type        = string
  default     = null
}

variable "data_bucket" {
  description = "Bucket of sets, pictures and models."
  type        = string
}

variable "launchers" {
  description = "Who may start the light job: user:me@example.com, group:team@example.com."
  type        = list(string)
  default     = []
}

variable "kubernetes" {
  description = "The cluster: a zone that has the machine, and the machine; null: none."
  type = object({
    zone         = string
    machine_type = optional(string, "a2-ultragpu-4g")
  })
  default = null

  validation {
    condition     = var.kubernetes == null ? true : contains(["a2-highgpu-1g", "a2-ultragpu-1g", "a2-ultragpu-4g"], var.kubernetes.machine_type)
    error_message = "The manifests are for a2-highgpu-1g (train-1b.yaml), a2-ultragpu-1g and a2-ultragpu-4g (train-8b.yaml)."
  }

  validation {
    condition     = var.kubernetes == null ? true : can(regex("^[a-z]+-[a-z]+[0-9]-[a-z]$", var.kubernetes.zone))
    error_message = "A zone is named like us-central1-a."
  }
}

variable "cloud_run" {
  description = "The light job: folders within the data bucket of model, set and pictures, the name of what comes out below models/, more options of bisift train fit; null: none."
  type = object({
    model   = string
    set     = string
    images  = string
    output  = string
    hours   = optional(number, 1)
    options = optional(list(string), ["--tuning", "lora"])
  })
  default = null

  validation {
    condition     = var.cloud_run == null ? true : var.cloud_run.hours >= 1 && var.cloud_run.hours <= 12
    error_message = "A task with a GPU may take an hour; 2 to 12 hours are a preview of Cloud Run's."
  }

  validation {
    condition     = var.cloud_run == null ? true : can(regex("^[A-Za-z0-9._-]+$", var.cloud_run.output))
    error_message = "The output's name has letters, digits, dots, hyphens and underscores."
  }
}
