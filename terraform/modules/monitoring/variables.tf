variable "project" {
  description = "Google Cloud project."
  type        = string
}

variable "mails" {
  description = "Who is told by mail."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for mail in var.mails : can(regex("^[^@ ]+@[^@ ]+$", mail))])
    error_message = "An address is written like me@example.com."
  }
}

variable "rejected_share" {
  description = "Share of rejected records, from 0 to 1, above which there is an alert."
  type        = number
  default     = 0.05

  validation {
    condition     = var.rejected_share > 0 && var.rejected_share < 1
    error_message = "The share lies between 0 and 1."
  }
}

variable "backlog_minutes" {
  description = "Minutes that a stream may be behind before there is an alert."
  type        = number
  default     = 30

  validation {
    condition     = var.backlog_minutes >= 1
    error_message = "A stream may be behind for a minute at least."
  }
}

variable "subscriptions" {
  description = "The messages module's subscriptions; null where there are none."
  type        = object({ rollouts = string, dead = string })
  default     = null
}

variable "budget" {
  description = "What the project may cost a month before mails are sent, in the billing account's currency; it stops nothing. Null: no budget."
  type = object({
    billing_account = string
    amount          = number
    currency        = optional(string)
  })
  default = null

  validation {
    condition     = var.budget == null ? true : var.budget.amount >= 1 && floor(var.budget.amount) == var.budget.amount
    error_message = "The amount is a whole number of at least 1."
  }

  validation {
    condition     = var.budget == null ? true : can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.budget.billing_account))
    error_message = "A billing account is written like 012345-6789AB-CDEF01."
  }
}
