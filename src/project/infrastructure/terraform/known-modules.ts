/**
 * Modules of the registry that many projects take their buckets from. Each is told here in Terraform's own words, as
 * far as it matters to a bucket, and read by the same reader as the modules of the project.
 */
interface KnownModule {
  readonly name: string;
  /** What a call gives as its source. */
  readonly source: RegExp;
  readonly text: string;
}

/** https://registry.terraform.io/modules/terraform-aws-modules/s3-bucket/aws */
const s3Bucket: KnownModule = {
  name: 'terraform-aws-modules/s3-bucket/aws',
  source: /^(?:registry\.(?:terraform\.io|opentofu\.org)\/)?terraform-aws-modules\/s3-bucket\/aws(?:\?|$)|github\.com[/:]terraform-aws-modules\/terraform-aws-s3-bucket(?:\.git)?(?:\?|$)/,
  text: `
    variable "create_bucket" { default = true }
    variable "is_directory_bucket" { default = false }
    variable "bucket" { default = null }
    variable "bucket_prefix" { default = null }
    variable "object_lock_enabled" { default = false }
    variable "versioning" { default = {} }
    variable "lifecycle_rule" { default = [] }
    variable "replication_configuration" { default = {} }

    resource "aws_s3_bucket" "this" {
      count               = var.create_bucket && !var.is_directory_bucket ? 1 : 0
      bucket              = var.bucket
      bucket_prefix       = var.bucket_prefix
      object_lock_enabled = var.object_lock_enabled

      dynamic "lifecycle_rule" {
        for_each = var.lifecycle_rule
        iterator = each_rule
        content {
          enabled = contains(["true", "enabled"], lower(try(each_rule.value.enabled, each_rule.value.status)))
          prefix  = try(flatten([each_rule.value.filter])[0].prefix, "")
          tags    = try(flatten([each_rule.value.filter])[0].tags, flatten([each_rule.value.filter])[0].tag, null)
          abort_incomplete_multipart_upload_days = try(each_rule.value.abort_incomplete_multipart_upload_days, null)

          dynamic "expiration" {
            for_each = try(flatten([each_rule.value.expiration]), [])
            content {
              date = try(expiration.value.date, null)
              days = try(expiration.value.days, null)
            }
          }
          dynamic "transition" {
            for_each = try(flatten([each_rule.value.transition]), [])
            content {}
          }
          dynamic "noncurrent_version_expiration" {
            for_each = try(flatten([each_rule.value.noncurrent_version_expiration]), [])
            content {}
          }
          dynamic "noncurrent_version_transition" {
            for_each = try(flatten([each_rule.value.noncurrent_version_transition]), [])
            content {}
          }
        }
      }
    }

    resource "aws_s3_bucket_versioning" "this" {
      count  = length(keys(var.versioning)) > 0 ? length(aws_s3_bucket.this) : 0
      bucket = aws_s3_bucket.this[0].id
      versioning_configuration {
        status = contains(["true", "enabled"], lower(try(var.versioning.enabled, var.versioning.status, true))) ? "Enabled" : "Suspended"
      }
    }

    resource "aws_s3_bucket_replication_configuration" "this" {
      count  = length(keys(var.replication_configuration)) > 0 ? length(aws_s3_bucket.this) : 0
      bucket = aws_s3_bucket.this[0].id
      dynamic "rule" {
        for_each = flatten([try(var.replication_configuration.rule, var.replication_configuration.rules, [])])
        content {
          status = contains(["true", "enabled"], lower(try(rule.value.status, true))) ? "Enabled" : "Disabled"
          prefix = try(flatten([rule.value.filter])[0].prefix, rule.value.prefix, "")
          tags   = try(flatten([rule.value.filter])[0].tags, null)
        }
      }
    }

    output "s3_bucket_id" { value = try(aws_s3_bucket.this[0].id, "") }
    output "s3_bucket_name" { value = try(aws_s3_bucket.this[0].id, "") }
  `,
};

/** Every known module. */
export const knownModules: readonly KnownModule[] = [s3Bucket];

/** @returns the name of the known module that a call's source means; null where it means another */
export const knownModule = (source: string): string | null => knownModules.find((module) => module.source.test(source))?.name ?? null;
