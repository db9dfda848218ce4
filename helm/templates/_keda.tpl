{{/* KEDA's name of a SASL mechanism. */}}
{{- define "forecaster.kedaSasl" -}}
{{- get (dict "" "none" "PLAIN" "plaintext" "SCRAM-SHA-256" "scram_sha256" "SCRAM-SHA-512" "scram_sha512") .Values.kafka.sasl.mechanism
  | required "autoscaling.keda can't sign in by OAUTHBEARER here: leave it off and give a ScaledObject of your own in extraObjects." }}
{{- end }}

{{/* "true" where KEDA needs something of the Kafka secret. */}}
{{- define "forecaster.kedaSignsIn" -}}
{{- if or .Values.kafka.sasl.mechanism (include "forecaster.hasTlsFiles" .) -}}true{{- end }}
{{- end }}

{{/* A trigger: the lag of a group on a topic: (dict "root" $ "group" … "topic" …). */}}
{{- define "forecaster.kedaTrigger" -}}
- type: kafka
  metadata:
    bootstrapServers: {{ .root.Values.kafka.bootstrapServers | quote }}
    consumerGroup: {{ .group | quote }}
    topic: {{ .topic | quote }}
    lagThreshold: {{ .root.Values.autoscaling.keda.lagThreshold | int | quote }}
    offsetResetPolicy: earliest
    excludePersistentLag: "true"
    sasl: {{ include "forecaster.kedaSasl" .root }}
    tls: {{ ternary "enable" "disable" .root.Values.kafka.tls.enabled }}
  {{- if include "forecaster.kedaSignsIn" .root }}
  authenticationRef:
    name: {{ include "forecaster.fullname" .root }}
  {{- end }}
{{- end }}
