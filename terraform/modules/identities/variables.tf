variable "project" {
  description = "Google Cloud project."
  type        = string
}

variable "region" {
  description = "Region of the repository."
  type        = string
}

variable "name" {
  description = "What the accounts' names begin with."
  type        = string
  default     = "bisift"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,20}$", var.name))
    error_message = "At most 21 small letters, digits and hyphens, as an account's name has at most 30."
  }
}

variable "data_bucket" {
  description = "Bucket of annotations, sets and models."
  type        = string
}

variable "temp_bucket" {
  description = "Bucket of temporary files."
  type        = string
}

variable "repository" {
  description = "Repository of the images."
  type        = string
}

variable "launchers" {
  description = "Who may build images, start jobs and fill the buckets: user:me@example.com, group:team@example.com."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for who in var.launchers : can(regex("^(user|group|serviceAccount|principal|principalSet):.+$", who))])
    error_message = "A member is written like user:me@example.com."
  }
}

variable "kubernetes" {
  description = "Where on the cluster the trainer is; null where there is no cluster."
  type = object({
    namespace = optional(string, "default")
  })
  default = null
}

variable "pool" {
  description = "The cluster's pool of identities, PROJECT.svc.id.goog; null where there is no cluster."
  type        = string
  default     = null
}
