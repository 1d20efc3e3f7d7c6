data "google_project" "this" {
  project_id = var.project
}

resource "google_monitoring_notification_channel" "mail" {
  for_each = toset(var.mails)

  project      = var.project
  display_name = "Bisift: ${each.value}"
  type         = "email"
  labels       = { email_address = each.value }
}

locals {
  channels = [for channel in google_monitoring_notification_channel.mail : channel.id]
  # the pipelines' own counters, as the service hands them on
  rejected = "sum by (job_name) (dataflow_googleapis_com:job_user_counter{metric_name=\"records_rejected\"})"
  scanned  = "sum by (job_name) (dataflow_googleapis_com:job_user_counter{metric_name=\"rollouts_scanned\"})"
}

resource "google_monitoring_alert_policy" "rejected" {
  project      = var.project
  display_name = "Bisift: many records are rejected"
  combiner     = "OR"
  severity     = "WARNING"

  conditions {
    display_name = "more than ${var.rejected_share * 100} % of a job's records"

    condition_prometheus_query_language {
      query               = "${local.rejected} / (${local.rejected} + ${local.scanned}) > ${var.rejected_share}"
      duration            = "0s"
      evaluation_interval = "60s"
    }
  }

  notification_channels = local.channels

  documentation {
    mime_type = "text/markdown"
    content   = "The set's `rejected/` has each of them with its reason. `--max-rejected` makes such a job fail."
  }
}

resource "google_monitoring_alert_policy" "failed" {
  project      = var.project
  display_name = "Bisift: a job has failed"
  combiner     = "OR"
  severity     = "ERROR"

  conditions {
    display_name = "a job's state is failed"

    condition_threshold {
      filter          = "resource.type = \"dataflow_job\" AND metric.type = \"dataflow.googleapis.com/job/is_failed\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"

      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }

      trigger {
        count = 1
      }
    }
  }

  notification_channels = local.channels

  documentation {
    mime_type = "text/markdown"
    content   = "The job's log says why in one line that begins with `bisift`; the same job takes the folder up again."
  }
}

resource "google_monitoring_dashboard" "this" {
  project = var.project

  dashboard_json = jsonencode({
    displayName = "Bisift"
    mosaicLayout = {
      columns = 12
      tiles = [
        for index, chart in [
          { title = "Rollouts scanned", query = local.scanned },
          { title = "Records written", query = "sum by (job_name) (dataflow_googleapis_com:job_user_counter{metric_name=\"records_written\"})" },
          { title = "Share of rejected records", query = "${local.rejected} / (${local.rejected} + ${local.scanned})" },
          { title = "Processors in use", query = "sum by (job_name) (dataflow_googleapis_com:job_current_num_vcpus)" },
          { title = "Bytes shuffled", query = "sum by (job_name) (dataflow_googleapis_com:job_total_shuffle_data_processed)" },
          { title = "Seconds since the job began", query = "max by (job_name) (dataflow_googleapis_com:job_elapsed_time)" },
        ] :
        {
          xPos   = index % 2 * 6
          yPos   = floor(index / 2) * 4
          width  = 6
          height = 4
          widget = {
            title = chart.title
            xyChart = {
              dataSets = [{
                plotType        = "LINE"
                timeSeriesQuery = { prometheusQuery = chart.query }
              }]
            }
          }
        }
      ]
    }
  })
}

resource "google_billing_budget" "this" {
  count = var.budget == null ? 0 : 1

  billing_account = var.budget.billing_account
  display_name    = "Bisift: ${var.project}"

  budget_filter {
    projects = ["projects/${data.google_project.this.number}"]
  }

  amount {
    specified_amount {
      currency_code = var.budget.currency
      units         = var.budget.amount
    }
  }

  dynamic "threshold_rules" {
    for_each = [0.5, 0.9, 1]

    content {
      threshold_percent = threshold_rules.value
    }
  }

  threshold_rules {
    threshold_percent = 1
    spend_basis       = "FORECASTED_SPEND"
  }

  all_updates_rule {
    monitoring_notification_channels = slice(local.channels, 0, min(5, length(local.channels)))
    disable_default_iam_recipients   = false
  }
}
