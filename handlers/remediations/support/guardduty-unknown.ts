/**
 * GuardDuty's error for an unknown detector, filter, IP set or finding: "The request is rejected because the
 * input detectorId is not owned by the current account."
 *
 * Source: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetDetector.html
 */
export const guardDutyUnknown = ["BadRequestException"];
