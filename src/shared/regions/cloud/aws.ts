/**
 * Amazon Web Services' regions. Names and places: the descriptions in `partitions.json` of npm's
 * @aws-sdk/util-endpoints 3.901.0 (Apache-2.0), October 2025, without the secret ones.
 *
 * Where it names a state or a country alone, the town where the data centres are: Ashburn (N. Virginia), Columbus (Ohio),
 * Boardman (Oregon), San Jose (N. California), Montréal, Dublin, Zaragoza, Potsdam (for Brandenburg), Querétaro, Dubai,
 * Manama, Zhongwei (Ningxia), Bangkok; Kuala Lumpur and Auckland, which stand for Malaysia and New Zealand.
 */
import type { CloudRow } from "./cloud-row.ts";

export const aws: readonly CloudRow[] = [
  ["af-south-1", "Cape Town", "ZA", -33.93, 18.42],
  ["ap-east-1", "Hong Kong", "HK", 22.28, 114.17],
  ["ap-east-2", "Taipei", "TW", 25.05, 121.53],
  ["ap-northeast-1", "Tokyo", "JP", 35.69, 139.69],
  ["ap-northeast-2", "Seoul", "KR", 37.57, 126.98],
  ["ap-northeast-3", "Osaka", "JP", 34.69, 135.5],
  ["ap-south-1", "Mumbai", "IN", 19.07, 72.88],
  ["ap-south-2", "Hyderabad", "IN", 17.38, 78.46],
  ["ap-southeast-1", "Singapore", "SG", 1.29, 103.85],
  ["ap-southeast-2", "Sydney", "AU-NSW", -33.87, 151.21],
  ["ap-southeast-3", "Jakarta", "ID", -6.21, 106.85],
  ["ap-southeast-4", "Melbourne", "AU-VIC", -37.81, 144.96],
  ["ap-southeast-5", "Kuala Lumpur", "MY", 3.14, 101.69],
  ["ap-southeast-6", "Auckland", "NZ", -36.85, 174.76],
  ["ap-southeast-7", "Bangkok", "TH", 13.75, 100.5],
  ["ca-central-1", "Montréal", "CA-QC", 45.51, -73.59],
  ["ca-west-1", "Calgary", "CA-AB", 51.05, -114.09],
  ["cn-north-1", "Beijing", "CN", 39.91, 116.4],
  ["cn-northwest-1", "Zhongwei", "CN", 37.51, 105.19],
  ["eu-central-1", "Frankfurt", "DE-HE", 50.12, 8.68],
  ["eu-central-2", "Zurich", "CH", 47.37, 8.55],
  ["eu-north-1", "Stockholm", "SE", 59.33, 18.07],
  ["eu-south-1", "Milan", "IT", 45.46, 9.19],
  ["eu-south-2", "Zaragoza", "ES", 41.66, -0.88],
  ["eu-west-1", "Dublin", "IE", 53.33, -6.25],
  ["eu-west-2", "London", "GB", 51.51, -0.13],
  ["eu-west-3", "Paris", "FR", 48.85, 2.35],
  ["eusc-de-east-1", "Potsdam", "DE-BB", 52.4, 13.07],
  ["il-central-1", "Tel Aviv", "IL", 32.08, 34.78],
  ["me-central-1", "Dubai", "AE", 25.08, 55.31],
  ["me-south-1", "Manama", "BH", 26.23, 50.59],
  ["mx-central-1", "Querétaro", "MX", 20.59, -100.39],
  ["sa-east-1", "São Paulo", "BR-SP", -23.55, -46.64],
  ["us-east-1", "Ashburn", "US-VA", 39.04, -77.49],
  ["us-east-2", "Columbus", "US-OH", 39.96, -83],
  ["us-gov-east-1", "Columbus", "US-OH", 39.96, -83],
  ["us-gov-west-1", "Boardman", "US-OR", 45.84, -119.7],
  ["us-west-1", "San Jose", "US-CA", 37.34, -121.89],
  ["us-west-2", "Boardman", "US-OR", 45.84, -119.7],
];
