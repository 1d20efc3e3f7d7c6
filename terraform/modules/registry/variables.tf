variable "project" {
  description = "Google Cloud project."
  type        = string
}

variable "region" {
  description = "Region of the images; that of the jobs."
  type        = string
}

variable "name" {
  description = "Name of the repository."
  type        = string
  default     = "bisift"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,61}[a-z0-9]$", var.name))
    error_message = "A repository's name has small letters, digits and hyphens."
  }
}

variable "labels" {
  description = "Labels of the repository."
  type        = map(string)
  default     = {}
}

variable "untagged_days" {
  description = "Days after which images that have lost their name go."
  type        = number
  default     = 14

  validation {
    condition     = var.untagged_days >= 1
    error_message = "Images are kept for a day at least."
  }
}
