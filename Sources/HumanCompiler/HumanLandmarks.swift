/// Named points of MakeHuman's base mesh, by vertex number (found by `Tools/human/landmarks.py`).
enum HumanLandmarks {
  static let vertices: [String: Int] = [
    "face0": 5198, "face1": 5186, "face10": 7618, "face11": 7617, "face12": 7457, "face13": 11850,
    "face14": 11707, "face15": 11798, "face16": 11809, "face17": 261, "face18": 207,
    "face19": 204, "face2": 5092, "face20": 205, "face21": 209, "face22": 6984, "face23": 6980,
    "face24": 6979, "face25": 6982, "face26": 7030, "face27": 132, "face28": 131, "face29": 201,
    "face3": 5241, "face30": 294, "face31": 354, "face32": 314, "face33": 317, "face34": 7077,
    "face35": 7115, "face36": 6770, "face37": 6757, "face38": 54, "face39": 68, "face4": 737,
    "face40": 6771, "face41": 1068, "face42": 6852, "face43": 6838, "face44": 13353,
    "face45": 13366, "face46": 7760, "face47": 13367, "face48": 424, "face49": 5351, "face5": 915,
    "face50": 460, "face51": 466, "face52": 7219, "face53": 11953, "face54": 7184, "face55": 7239,
    "face56": 7245, "face57": 496, "face58": 490, "face59": 484, "face6": 916, "face60": 414,
    "face61": 472, "face62": 474, "face63": 7228, "face64": 7174, "face65": 7242, "face66": 493,
    "face67": 487, "face7": 918, "face8": 747, "face9": 7620, "leftBigToe": 11551,
    "leftEar": 12227, "leftEye": 14598, "leftHeel": 12442, "leftIndexTip": 8595,
    "leftLittleTip": 9171, "leftMiddleTip": 8787, "leftPupil": 14598, "leftRingTip": 8982,
    "leftSmallToe": 12603, "leftThumbTip": 9348, "nose": 294, "rightBigToe": 4933,
    "rightEar": 5630, "rightEye": 14670, "rightHeel": 5845, "rightIndexTip": 1927,
    "rightLittleTip": 2503, "rightMiddleTip": 2119, "rightPupil": 14670, "rightRingTip": 2314,
    "rightSmallToe": 6006, "rightThumbTip": 2680,
  ]
}
