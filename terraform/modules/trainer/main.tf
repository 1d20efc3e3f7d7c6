locals {
  image = "${var.registry}/trainer:${var.release}"
  # the GPU is part of these machines' names
  accelerators = {
    "a2-highgpu-1g"  = { type = "nvidia-tesla-a100", count = 1 }
    "a2-ultragpu-1g" = { type = "nvidia-a100-80gb", count = 1 }
    "a2-ultragpu-4g" = { type = "nvidia-a100-80gb", count = 4 }
  }
}

# The cluster of the manifests in runners/trainer/kubernetes. Its only lasting node is a small one.
resource "google_container_cluster" "this" {
  count = var.kubernetes == null ? 0 : 1

  project    = var.project
  name       = var.name
  location   = var.kubernetes.zone
  network    = var.network
  subnetwork = var.subnetwork

  # a cluster begins with a pool, which goes at once; its node would be the project's default account, which may be switched off
  remove_default_node_pool = true
  initial_node_count       = 1

  node_config {
    service_account = var.nodes_account
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]
  }

  lifecycle {
    ignore_changes = [node_config]
  }

  deletion_protection = false
  resource_labels     = var.labels

  ip_allocation_policy {
    cluster_secondary_range_name  = var.ranges.pods
    services_secondary_range_name = var.ranges.services
  }

  private_cluster_config {
    enable_private_nodes    = true
    enable_private_endpoint = false
    master_ipv4_cidr_block  = "172.16.0.0/28"
  }

  workload_identity_config {
    workload_pool = "${var.project}.svc.id.goog"
  }

  # the model comes through Cloud Storage FUSE
  addons_config {
    gcs_fuse_csi_driver_config {
      enabled = true
    }
  }
}

resource "google_container_node_pool" "system" {
  count = var.kubernetes == null ? 0 : 1

  project    = var.project
  name       = "system"
  location   = var.kubernetes.zone
  cluster    = google_container_cluster.this[0].name
  node_count = 1

  node_config {
    machine_type    = "e2-standard-2"
    service_account = var.nodes_account
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]

    workload_metadata_config {
      mode = "GKE_METADATA"
    }
  }
}

# Costs nothing while no job waits for it.
resource "google_container_node_pool" "gpu" {
  count = var.kubernetes == null ? 0 : 1

  project            = var.project
  name               = "gpu"
  location           = var.kubernetes.zone
  cluster            = google_container_cluster.this[0].name
  initial_node_count = 0

  autoscaling {
    min_node_count = 0
    max_node_count = 1
  }

  node_config {
    machine_type    = var.kubernetes.machine_type
    service_account = var.nodes_account
    oauth_scopes    = ["https://www.googleapis.com/auth/cloud-platform"]
    disk_size_gb    = 200

    guest_accelerator {
      type  = local.accelerators[var.kubernetes.machine_type].type
      count = local.accelerators[var.kubernetes.machine_type].count

      gpu_driver_installation_config {
        gpu_driver_version = "LATEST"
      }
    }

    workload_metadata_config {
      mode = "GKE_METADATA"
    }
  }
}

# The light variant: one L4, no cluster, low-rank additions to a small model. What is in the making lies in memory, as
# all that such a container writes, so a run that is ended starts over; what is made goes to the bucket.
resource "google_cloud_run_v2_job" "light" {
  provider = google-beta
  count    = var.cloud_run == null ? 0 : 1

  project             = var.project
  name                = "${var.name}-train"
  location            = var.region
  launch_stage        = var.cloud_run.hours > 1 ? "BETA" : "GA"
  deletion_protection = false
  labels              = var.labels

  template {
    task_count = 1

    template {
      service_account               = var.service_account
      max_retries                   = 0
      timeout                       = "${var.cloud_run.hours * 3600}s"
      gpu_zonal_redundancy_disabled = true
      execution_environment         = "EXECUTION_ENVIRONMENT_GEN2"

      node_selector {
        accelerator = "nvidia-l4"
      }

      containers {
        image   = local.image
        command = ["sh", "-euc"]
        args = [join(" ", [
          "bisift train fit --model /data/${var.cloud_run.model} --train gs://${var.data_bucket}/${var.cloud_run.set}",
          "--image-root gs://${var.data_bucket}/${var.cloud_run.images} --output /runs/light ${join(" ", var.cloud_run.options)}",
          "&& mkdir -p /data/models && cp -r /runs/light/model /data/models/${var.cloud_run.output}",
        ])]

        resources {
          limits = {
            "cpu"            = "8"
            "memory"         = "32Gi"
            "nvidia.com/gpu" = "1"
          }
        }

        volume_mounts {
          name       = "data"
          mount_path = "/data"
        }
      }

      volumes {
        name = "data"
        gcs {
          bucket    = var.data_bucket
          read_only = false
          # the image's user; the mount would be root's
          mount_options = ["implicit-dirs", "uid=10001", "gid=10001"]
        }
      }
    }
  }
}

# Who may start the light job, and see how it goes.
resource "google_cloud_run_v2_job_iam_member" "launchers" {
  for_each = {
    for pair in setproduct(var.cloud_run == null ? [] : ["roles/run.invoker", "roles/run.viewer"], var.launchers) :
    join(" ", pair) => { role = pair[0], member = pair[1] }
  }

  project  = var.project
  location = var.region
  name     = google_cloud_run_v2_job.light[0].name
  role     = each.value.role
  member   = each.value.member
}
