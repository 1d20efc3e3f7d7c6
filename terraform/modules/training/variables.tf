variable "size" {
  description = "Which model: 1b, or 8b, as the manifests train-1b.yaml and train-8b.yaml."
  type        = string
  default     = "8b"

  validation {
    condition     = contains(["1b", "8b"], var.size)
    error_message = "There are manifests for the sizes 1b and 8b."
  }
}

variable "image" {
  description = "Image of the trainer."
  type        = string
}

variable "service_account" {
  description = "E-mail of the trainer's account."
  type        = string
}

variable "data_bucket" {
  description = "Bucket of sets, pictures and models."
  type        = string
}

variable "namespace" {
  description = "Namespace of the cluster; the identities module lets its bisift-trainer be the trainer's account."
  type        = string
  default     = "default"
}
