variable "project" {
  description = "Google Cloud project."
  type        = string
}

variable "region" {
  description = "Where messages are kept."
  type        = string
}

variable "name" {
  description = "What the names of topics and subscriptions begin with."
  type        = string
  default     = "bisift"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,30}$", var.name))
    error_message = "Small letters, digits and hyphens."
  }
}

variable "labels" {
  description = "Labels of topics and subscriptions."
  type        = map(string)
  default     = {}
}

variable "data_bucket" {
  description = "Bucket of the sets."
  type        = string
}

variable "service_account" {
  description = "E-mail of the jobs' account, which reads the rollouts."
  type        = string
}

variable "annotators" {
  description = "Who may publish rollouts: serviceAccount:me@my-project.iam.gserviceaccount.com, group:team@example.com."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for member in var.annotators : can(regex("^(user|group|serviceAccount|domain):[^ ]+$", member))])
    error_message = "A member is written like user:me@example.com or group:team@example.com."
  }
}

variable "launchers" {
  description = "Who may be told of versions of growing sets: user:me@example.com, group:team@example.com."
  type        = list(string)
  default     = []
}

variable "retention_days" {
  description = "How long rollouts wait for a stream that does not read them, in days."
  type        = number
  default     = 7

  validation {
    condition     = var.retention_days >= 1 && var.retention_days <= 31
    error_message = "Pub/Sub keeps messages for 1 to 31 days."
  }
}

variable "growing_sets" {
  description = "Growing sets of whose versions the bucket tells, such as sets/growing."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for set in var.growing_sets : can(regex("^[^/:][^:]*$", set))])
    error_message = "A growing set is named by its folder in the data bucket, such as sets/growing."
  }
}
