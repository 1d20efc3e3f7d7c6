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
  # of a stream
  read = "sum by (job_name) (dataflow_googleapis_com:job_user_counter{metric_name=\"records_read\"})"
  lag  = "max by (job_name) (dataflow_googleapis_com:job_system_lag{job_name=~\"bisift-stream-.*\"})"

  rejected_share = "${local.rejected} / (${local.rejected} + ${local.scanned}) or ${local.rejected} / ${local.read}"
  waits          = var.subscriptions == null ? null : "max by (subscription_id) (pubsub_googleapis_com:subscription_oldest_unacked_message_age{subscription_id=\"${var.subscriptions.rollouts}\"})"
}

resource "google_monitoring_alert_policy" "rejected" {
  project      = var.project
  display_name = "Bisift: many records are rejected"
  combiner     = "OR"
  severity     = "WARNING"

  conditions {
    display_name = "more than ${var.rejected_share * 100} % of a job's records"

    condition_prometheus_query_language {
      query               = "(${local.rejected_share}) > ${var.rejected_share}"
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

# A stream that is too slow, or stands.
resource "google_monitoring_alert_policy" "behind" {
  project      = var.project
  display_name = "Bisift: a stream is behind"
  combiner     = "OR"
  severity     = "WARNING"

  conditions {
    display_name = "a record has been on its way for more than ${var.backlog_minutes} minutes"

    condition_prometheus_query_language {
      query               = "${local.lag} > ${var.backlog_minutes * 60}"
      duration            = "300s"
      evaluation_interval = "60s"
    }
  }

  dynamic "conditions" {
    for_each = var.subscriptions == null ? [] : [1]

    content {
      display_name = "a rollout has waited in Pub/Sub for more than ${var.backlog_minutes} minutes"

      condition_prometheus_query_language {
        query               = "${local.waits} > ${var.backlog_minutes * 60}"
        duration            = "300s"
        evaluation_interval = "60s"
      }
    }
  }

  notification_channels = local.channels

  documentation {
    mime_type = "text/markdown"
    content   = "More workers (`max_workers`) if its processors are busy; else the job's log says what it waits for. Nothing is lost while Pub/Sub keeps the rollouts."
  }
}

resource "google_monitoring_alert_policy" "dead" {
  count = var.subscriptions == null ? 0 : 1

  project      = var.project
  display_name = "Bisift: rollouts that nobody took"
  combiner     = "OR"
  severity     = "WARNING"

  conditions {
    display_name = "there is a message in ${var.subscriptions.dead}"

    condition_prometheus_query_language {
      query               = "sum by (subscription_id) (pubsub_googleapis_com:subscription_num_undelivered_messages{subscription_id=\"${var.subscriptions.dead}\"}) > 0"
      duration            = "0s"
      evaluation_interval = "60s"
    }
  }

  notification_channels = local.channels

  documentation {
    mime_type = "text/markdown"
    content   = "They were sent a hundred times and never acknowledged."
  }
}

resource "google_monitoring_dashboard" "this" {
  project = var.project

  dashboard_json = jsonencode({
    displayName = "Bisift"
    mosaicLayout = {
      columns = 12
      tiles = [
        for index, chart in concat([
          { title = "Rollouts scanned", query = local.scanned },
          { title = "Records written", query = "sum by (job_name) (dataflow_googleapis_com:job_user_counter{metric_name=\"records_written\"})" },
          { title = "Share of rejected records", query = local.rejected_share },
          { title = "Processors in use", query = "sum by (job_name) (dataflow_googleapis_com:job_current_num_vcpus)" },
          { title = "Bytes shuffled", query = "sum by (job_name) (dataflow_googleapis_com:job_total_shuffle_data_processed)" },
          { title = "Seconds since the job began", query = "max by (job_name) (dataflow_googleapis_com:job_elapsed_time)" },
          { title = "Records read by streams", query = local.read },
          { title = "Seconds that streams are behind", query = local.lag },
          ], var.subscriptions == null ? [] : [
          { title = "Seconds that the oldest rollout waits in Pub/Sub", query = local.waits },
        ]) :
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
