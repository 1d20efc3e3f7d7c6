variable "project" {
  description = "Google Cloud project."
  type        = string
}

variable "region" {
  description = "Region of the images."
  type        = string
  default     = "us-central1"
}

variable "zone" {
  description = "Zone of the cluster."
  type        = string
  default     = "us-central1-a"
}

variable "release" {
  description = "Version of the trainer's image."
  type        = string
  default     = "0.1.0"
}

variable "size" {
  description = "Which model: 1b or 8b."
  type        = string
  default     = "8b"
}

variable "kubeconfig" {
  description = "Where gcloud container clusters get-credentials wrote the cluster's address."
  type        = string
  default     = "~/.kube/config"
}
