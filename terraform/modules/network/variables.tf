variable "project" {
  description = "Google Cloud project."
  type        = string
}

variable "region" {
  description = "Region of the workers."
  type        = string
}

variable "name" {
  description = "Name of the network and of its parts."
  type        = string
  default     = "bisift"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,40}$", var.name))
    error_message = "Small letters, digits and hyphens."
  }
}

variable "ip_range" {
  description = "Addresses of the workers; a /20 has room for four thousand."
  type        = string
  default     = "10.10.0.0/20"

  validation {
    condition     = can(cidrhost(var.ip_range, 0))
    error_message = "A range is written like 10.10.0.0/20."
  }
}

variable "pods_range" {
  description = "Addresses of a cluster's pods."
  type        = string
  default     = "10.20.0.0/16"

  validation {
    condition     = can(cidrhost(var.pods_range, 0))
    error_message = "A range is written like 10.20.0.0/16."
  }
}

variable "services_range" {
  description = "Addresses of a cluster's services."
  type        = string
  default     = "10.30.0.0/20"

  validation {
    condition     = can(cidrhost(var.services_range, 0))
    error_message = "A range is written like 10.30.0.0/20."
  }
}
