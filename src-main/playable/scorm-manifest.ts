/**
 * The manifest of a package for learning platforms, with one lesson on one page: SCORM 1.2 (ADL, 2001) and SCORM 2004 4th Edition (ADL, 2009).
 *
 * A package has to contain the schema files that its manifest refers to, as exact copies. Those of IMS may be passed on by registered
 * licensees only, so none is in it, and the manifest refers to none: xsi:schemaLocation is a hint (XML Schema Part 1, 4.3.2), namespaces and
 * schemaversion say what it is, and the manifests are valid by the published schemas all the same.
 */
import { PLAY_PASS_PERCENT, type PlayKind } from '../contract/play';

export interface Packaged {
  id: string;
  title: string;
  /** As HTML names it: zh-CN. */
  language: string;
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
/** Text for XML, without the characters that XML 1.0 does not allow. */
const xml = (said: string): string =>
  said.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '').replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);

/** An xs:ID: letters, digits, dots and dashes. */
const nameOf = (id: string): string => `schedville-${id.replace(/[^\w.-]/g, '-')}`;

const SCORM12 = ({ id, title }: Packaged): string => `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${nameOf(id)}" version="1.2"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>${xml(title)}</title>
      <item identifier="lesson" identifierref="page" isvisible="true">
        <title>${xml(title)}</title>
        <adlcp:masteryscore>${PLAY_PASS_PERCENT}</adlcp:masteryscore>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormtype="sco" href="index.html">
      <file href="index.html"/>
    </resource>
  </resources>
</manifest>
`;

/** completionSetByContent and objectiveSetByContent: the page itself says when it is finished and passed. */
const SCORM2004 = ({ id, title }: Packaged): string => `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${nameOf(id)}" version="1"
  xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"
  xmlns:adlseq="http://www.adlnet.org/xsd/adlseq_v1p3"
  xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3"
  xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>2004 4th Edition</schemaversion>
  </metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>${xml(title)}</title>
      <item identifier="lesson" identifierref="page" isvisible="true">
        <title>${xml(title)}</title>
        <imsss:sequencing>
          <imsss:objectives>
            <imsss:primaryObjective objectiveID="understood" satisfiedByMeasure="true">
              <imsss:minNormalizedMeasure>${PLAY_PASS_PERCENT / 100}</imsss:minNormalizedMeasure>
            </imsss:primaryObjective>
          </imsss:objectives>
          <imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/>
        </imsss:sequencing>
      </item>
      <imsss:sequencing>
        <imsss:controlMode choice="true" flow="true"/>
      </imsss:sequencing>
    </organization>
  </organizations>
  <resources>
    <resource identifier="page" type="webcontent" adlcp:scormType="sco" href="index.html">
      <file href="index.html"/>
    </resource>
  </resources>
</manifest>
`;

export const manifestOf = (kind: Exclude<PlayKind, 'html'>, packaged: Packaged): string =>
  kind === 'scorm12' ? SCORM12(packaged) : SCORM2004(packaged);
